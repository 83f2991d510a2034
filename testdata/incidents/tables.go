package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// print writes the tables as Markdown.
func (s *sums) print(out *strings.Builder) {
	s.printAims(out)
	s.printWindows(out)
	s.printKinds(out)
	s.printRhythms(out)
}

// printAims prints the aims and what was measured.
func (s *sums) printAims(out *strings.Builder) {
	all := s.total()
	out.WriteString("| Measure | Aim | Measured |\n| --- | ---: | ---: |\n")
	row := func(name, aim, measured string) { fmt.Fprintf(out, "| %s | %s | %s |\n", name, aim, measured) }
	if all.told.of > 0 {
		row("False incidents among those listed", "5%", share{s.falses, s.listed}.String())
	}
	if s.readers > 0 {
		weeks := float64(s.reader.mornings) / weekday
		row("New false incidents a week, for a reader with 150 groups", "1", fmt.Sprintf("%.1f (%d in %.0f weeks)", float64(s.reader.news)/weeks, s.reader.news, weeks))
	}
	if s.nothing.groups > 0 {
		row(fmt.Sprintf("Incidents among %s groups in which nothing happens", thousands(s.nothing.groups)), "10", fmt.Sprint(s.nothing.incidents))
		row("Groups in which nothing happens that get a trend other than `steady` or `sporadic`", "0.5%", share{s.nothing.trends, s.nothing.groups}.String())
	}
	if all.told.of > 0 {
		row("Planted incidents reported at the end of the archive", "–", all.told.String())
		row("Reported on the first morning", "98%", all.morning.String())
	}
	if s.readers > 0 {
		row("Reported on the first morning, in a window of 30 days", "98%", share{s.reader.found, s.reader.of}.String())
	}
	if all.told.of > 0 {
		row("Reported within 15 minutes, where a change explains them", "98%", all.soon.String())
		row("… with the right change first", "95%", all.soonNamed.String())
		row("Reported as one incident", "95%", all.one.String())
		row("The right change named", "95%", all.named.String())
		row("The right change named first", "95%", all.first.String())
		row("Reported with a change that cannot be the cause", "0", share{all.possible.of - all.possible.n, all.possible.of}.String())
		row("The change that ended it named", "–", all.ended.String())
		row("Error of the onset: median, nine tenths", "–", fmt.Sprintf("%s, %s", short(quantile(all.off, 0.5)), short(quantile(all.off, 0.9))))
	}
	if s.readers > 0 {
		row("Same id, onset and first change on all mornings", "100%", share{s.reader.stable, s.reader.lived}.String())
	}
	out.WriteByte('\n')
}

func (s *sums) printWindows(out *strings.Builder) {
	if s.windows[windows[0].name].of == 0 {
		return
	}
	out.WriteString("| 15 minutes after the onset, in a window of |")
	for _, w := range windows {
		fmt.Fprintf(out, " %s |", w.name)
	}
	out.WriteString("\n| --- |" + strings.Repeat(" ---: |", len(windows)) + "\n| reported |")
	for _, w := range windows {
		fmt.Fprintf(out, " %s |", s.windows[w.name])
	}
	out.WriteString("\n\n")
}

func (s *sums) printKinds(out *strings.Builder) {
	if len(s.kinds) == 0 {
		return
	}
	out.WriteString("| Planted | incidents | reported | first morning | 15 minutes | as one | change named | first | none impossible | onset error |\n" +
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for i := range kinds {
		k := s.kinds[kinds[i].name]
		if k == nil {
			continue
		}
		fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", kinds[i].name, k.told.of, k.told.brief(), k.morning.brief(), k.soon.brief(),
			k.one.brief(), k.named.brief(), k.first.brief(), k.possible.brief(), short(quantile(k.off, 0.5)))
	}
	out.WriteByte('\n')
}

func (s *sums) printRhythms(out *strings.Builder) {
	if len(s.rhythms) == 0 {
		return
	}
	out.WriteString("| Nothing happens: | groups | called something | false incidents without planted ones | among planted ones | on mornings |\n" +
		"| --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, name := range slices.Sorted(maps.Keys(s.rhythms)) {
		r := s.rhythms[name]
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d |\n", name, r.groups, r.trends, r.null, r.among, r.news)
	}
	out.WriteByte('\n')
}

// String returns the share and the number that it is a share of.
func (s share) String() string {
	if s.of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%% (%d of %d)", 100*float64(s.n)/float64(s.of), s.n, s.of)
}

// brief returns the counts, or a dash if nothing was measured.
func (s share) brief() string {
	if s.of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d", s.n, s.of)
}

// short returns a time span in its largest units.
func short(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d d", int(d/day))
}

// thousands writes a number with a comma.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
