alter table nodes rename column place to location;
