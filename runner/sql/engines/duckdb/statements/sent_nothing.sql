create or replace temp view $relation as
select
    cast(null as uuid) as profile_id,
    cast(null as varchar) as content_hash
where false
