"""What can be done with subjects, links and judgements of sameness."""
