(
    select
        'missing' as "difference",
        *
    from (
        select * from $expected
        except all
        select $columns from $actual
    )
)
union all
(
    select
        'unexpected' as "difference",
        *
    from (
        select $columns from $actual
        except all
        select * from $expected
    )
)
order by all
