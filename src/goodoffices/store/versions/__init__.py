"""The migrations, one file for each released form of the store; forward only."""
