(identifier, normalized("value")) in (
    select
        forgotten_values.identifier,
        forgotten_values.value
    from forgotten_values
)
