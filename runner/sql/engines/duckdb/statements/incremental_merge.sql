delete from $relation as kept
where exists (
    select 1
    from incoming
    where $match
);
insert into $relation by name
select * from incoming;
