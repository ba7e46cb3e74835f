select $columns
from $relation
