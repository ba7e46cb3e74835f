def test_each_match_is_replaced(apply_macro):
    assert apply_macro("replace_matches", "a1b22", pattern="[0-9]+") == "ab"
    assert apply_macro("replace_matches", "a1b22", pattern="[0-9]", by="-") == "a-b--"


def test_what_brackets_hold_can_be_kept(apply_macro):
    swapped = apply_macro("replace_matches", "ab ab", pattern="(a)(b)", by=r"\2-\1")
    assert swapped == "b-a b-a"


def test_backslash_is_that_of_the_pattern(apply_macro):
    assert apply_macro("replace_matches", r"1.5\x\x", pattern=r"[.]|\\x\z") == r"15\x"


def test_null_stays_null(apply_macro):
    assert apply_macro("replace_matches", None, pattern="a") is None
