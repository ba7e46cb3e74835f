select
    goal,
    fingerprint,
    to_json(goals) ->> 'parts' as parts
from runner.goals
