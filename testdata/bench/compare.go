package main

import (
	"fmt"
	"slices"
	"strings"
)

// contest is what an archive is measured with: trail403 and others, in turn.
type contest struct {
	archive
	facts
	names []string
	runs  [][]run // of each name
}

// contender is a program beside trail403.
type contender struct {
	name string
	run  func() (run, error)
}

// compare runs the complete job and the others in turn, so that a machine whose speed
// drifts slows all of them.
func compare(a archive, dir, binary string, others []contender, runs int) (*contest, error) {
	found, err := check(a, binary, dir) // also a warm-up, so that all runs find the files in memory
	if err != nil {
		return nil, err
	}
	all := append([]contender{{"`trail403 report`", func() (run, error) { return report(binary, dir) }}}, others...)
	c := &contest{archive: a, facts: found, runs: make([][]run, len(all))}
	for i, x := range all {
		c.names = append(c.names, x.name)
		if i > 0 {
			if _, err := x.run(); err != nil {
				return nil, err
			}
		}
	}
	for range runs {
		for i, x := range all {
			r, err := x.run()
			if err != nil {
				return nil, err
			}
			c.runs[i] = append(c.runs[i], r)
		}
	}
	return c, nil
}

// tables are written into the page, see write.
func tables(all []*contest, runs int) string {
	var b strings.Builder
	b.WriteString("| Archive | Records | MB decompressed | Denials | Groups |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, c := range all {
		denials := "1%"
		if c.archive.groups > 0 {
			denials = "100%"
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %d |\n", c.name, c.records(), c.bytes/1e6, denials, c.facts.groups)
	}
	fmt.Fprintf(&b, "\nMedians of %d runs (minimum to maximum), and the highest peak:\n\n", runs)
	b.WriteString("| Archive | Run | Seconds | Processor seconds | Records/s | Peak MB |\n" +
		"| --- | --- | ---: | ---: | ---: | ---: |\n")
	for _, c := range all {
		for i, name := range c.names {
			r := c.runs[i]
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %.0f | %.0f |\n", c.name, name,
				spread(seconds(r)), spread(cpu(r)), float64(c.records())/median(seconds(r)), peak(r))
		}
	}
	b.WriteString("\nWhat trail403 takes as a multiple of the other program, run by run:\n\n" +
		"| Archive | Other program | Seconds | Processor seconds |\n| --- | --- | ---: | ---: |\n")
	for _, c := range all {
		for i, name := range c.names[1:] {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.name, name,
				spread(ratios(c.runs[0], c.runs[i+1], func(r run) float64 { return r.seconds })),
				spread(ratios(c.runs[0], c.runs[i+1], func(r run) float64 { return r.cpu })))
		}
	}
	return b.String()
}

func (c *contest) records() int { return c.facts.records }

func ratios(ours, theirs []run, figure func(run) float64) (list []float64) {
	for i := range ours {
		list = append(list, figure(ours[i])/figure(theirs[i]))
	}
	slices.Sort(list)
	return list
}

func spread(sorted []float64) string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", median(sorted), sorted[0], sorted[len(sorted)-1])
}
