select
    model,
    parts
from runner.models
