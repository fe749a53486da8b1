"""What all outputs share: lines, directions, figures, dates, positions."""
