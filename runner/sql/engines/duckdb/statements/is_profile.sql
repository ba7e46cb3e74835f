cast($column as varchar) = lower($value)
