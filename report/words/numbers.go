package words

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"trail403/report/page"
)

// Comma writes a number with commas.
func Comma(n int) page.Text { return page.Text(humanize.Comma(int64(n))) }

// Size writes a number of bytes.
func Size(n int64) page.Text { return page.Text(humanize.IBytes(uint64(max(n, 0)))) }

// Plural counts things: no denials, 1 denial, 2 denials.
func Plural(n int, noun page.Text) page.Text {
	if n == 0 {
		return "no " + noun + "s"
	}
	if n == 1 {
		return "1 " + noun
	}
	return Comma(n) + " " + noun + "s"
}

// Percent never rounds a share to nothing or to all.
func Percent(n, total int) page.Text {
	p := 100 * float64(n) / float64(max(total, 1))
	switch {
	case n > 0 && p < 0.1:
		return "< 0.1%"
	case n < total && p > 99.9:
		return "> 99.9%"
	case n == 0, p >= 10 && p <= 99, n >= total:
		return page.Text(fmt.Sprintf("%.0f%%", p))
	}
	return page.Text(fmt.Sprintf("%.1f%%", p))
}

// Sum writes the parts that are not zero as a sum: 7 read + 1 failed.
func Sum(parts ...Part) page.Text {
	var out []page.Text
	for _, p := range parts {
		if p.N != 0 {
			out = append(out, p.words())
		}
	}
	if len(out) == 0 {
		return "0"
	}
	return page.Join(out, " + ")
}

// A Part is a summand and what it counts: 2 denials kept.
type Part struct {
	N           int
	Noun, After page.Text // either may be empty
}

func (p Part) words() page.Text {
	t := Comma(p.N)
	if p.Noun != "" {
		t = Plural(p.N, p.Noun)
	}
	if p.After != "" {
		t += " " + p.After
	}
	return t
}

// Is returns the verb for a number of things.
func Is(n int) page.Text {
	if n == 1 {
		return "is"
	}
	return "are"
}

// Was returns "was" or "were" for a number of things.
func Was(n int) page.Text {
	if n == 1 {
		return "was"
	}
	return "were"
}

// Listed joins names as a sentence does: a, b and c.
func Listed(names []page.Text) page.Text {
	if len(names) < 2 {
		return page.Join(names, "")
	}
	return page.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Capital makes the first letter a capital if the text begins with one.
func Capital(t page.Text) page.Text {
	if t != "" && t[0] >= 'a' && t[0] <= 'z' {
		return page.Text(t[0]-'a'+'A') + t[1:]
	}
	return t
}

// Have returns the auxiliary verb for a number of things.
func Have(n int) page.Text {
	if n == 1 {
		return "has"
	}
	return "have"
}

// Belong returns the verb for a number of things.
func Belong(n int) page.Text {
	if n == 1 {
		return "belongs"
	}
	return "belong"
}
