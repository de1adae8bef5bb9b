"""The least that each thing can cost, written so that anybody may judge whether it is fair."""
