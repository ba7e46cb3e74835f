select goal, fingerprint from runner.goals
