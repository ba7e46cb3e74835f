comment on view main.consent is 'One row per profile and objective, with what was said last';
comment on column main.consent.profile_id is 'The profile';
comment on column main.consent.objective is 'Name of the objective';
comment on column main.consent.consented is 'Whether the person consented';
comment on column main.consent.stated_at is 'When the file was written that began to say so (UTC)';
comment on column main.consent.confirmed_at is 'When the file was written that last said so (UTC)';
comment on column main.consent.goal is 'The goal that last said so';
comment on column main.consent.file is 'The file that it stood in';
comment on column main.consent.line is 'Its line there';
