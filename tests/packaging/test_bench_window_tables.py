"""What was measured of whole processes and of screens, set out as tables."""

import bench


def test_each_process_stands_beside_the_smallest_window() -> None:
    least = {"engine": "PySide6's smallest window", "cpu": 0.2, "megabytes": 60.0}
    mine = {"engine": "the way in, painted", "cpu": 0.5, "megabytes": 150.0}
    said = bench.window([least, mine])
    assert "| the way in, painted | 500 ms | 2.5x | 150 MB | 2.5x |" in said


def test_each_screen_is_told_first_and_again() -> None:
    row = {"people": 5000, "views": {"today": (0.25, 0.03)}, "key": 0.02}
    said = bench.screens([row])
    assert "among 5,000 supporters" in said
    assert "| today | 250 ms | 30.0 ms |" in said
    assert "20.0 ms" in said
