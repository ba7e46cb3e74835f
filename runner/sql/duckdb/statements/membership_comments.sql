comment on table main.profile_groups is 'One row per profile and group that it belongs to';
comment on column main.profile_groups.profile_id is 'The member';
comment on column main.profile_groups.group_type is 'Type of the group';
comment on column main.profile_groups.identifier is 'The identifier of the group as the profile has it';
comment on column main.profile_groups.group_id is 'The group; null while it is not imported';
comment on column main.profile_groups.properties is 'The properties of the profile that say so'
