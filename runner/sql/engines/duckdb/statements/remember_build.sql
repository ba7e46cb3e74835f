create or replace table runner.published as
select $build_id as build_id
