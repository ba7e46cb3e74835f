position(':' in $column) = 0
