alter table if exists runner.told rename to event_lineage;
alter table runner.rows add column if not exists told_profile_id uuid;
alter table runner.rows rename column told_profile_id to event_profile_id;
create or replace table runner.format as
select 2 as version;
