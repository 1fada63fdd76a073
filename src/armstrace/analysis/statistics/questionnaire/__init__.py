"""The annual illicit arms flows questionnaire, declared as data and filled."""
