"""rows.py - what is measured against what limit."""


class Row:
    """One line of the table of limits. `limit` is a number that the figure
    has to stay at or below, or, with `least`, at or above."""

    def __init__(self, key, what, figure, limit, form="%.2f", unit="",
                 least=False, below=False):
        self.key = key        # of the sentence in reasons.txt, if it misses
        self.what = what
        self.figure = figure  # None: was not measured
        self.limit = limit
        self.form = form
        self.unit = unit
        self.least = least
        self.below = below    # the limit itself is too much

    def reached(self):
        value = self.figure.middle
        if self.least:
            return value >= self.limit
        return value < self.limit if self.below else value <= self.limit

    def short_of(self):
        """By how much of the limit it misses, in percent."""
        return 100 * abs(self.figure.middle - self.limit) / self.limit

    def text(self, value):
        return self.form % value + self.unit

    def measured_text(self):
        if self.figure is None:
            return "not measured"
        return self.text(self.figure.middle)

    def quartiles_text(self):
        if self.figure is None or self.figure.count < 2:
            return ""
        return "%s–%s" % (self.form % self.figure.low,
                          self.form % self.figure.high)

    def reached_text(self):
        if self.figure is None:
            return ""
        return "yes" if self.reached() else \
            "**no**, by %.0f %%" % self.short_of()

    def limit_text(self):
        words = "at least" if self.least else \
            "below" if self.below else "at most"
        return "%s %s%s" % (words, "%g" % round(self.limit, 3), self.unit)


class Table:
    """More figures: a title, a sentence or two, cells. With a key, something
    in it misses its limit: there may be a sentence of why in reasons.txt."""

    def __init__(self, title, prose, heads, lines, missed=None):
        self.title = title
        self.prose = prose
        self.heads = heads
        self.lines = lines
        self.missed = missed
