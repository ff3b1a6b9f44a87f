"""The parts of the plan for many enquiries at once; `peermatch.matching.plan` puts them together."""
