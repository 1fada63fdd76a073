"""What is done with procedures, steps, waivers and closings."""
