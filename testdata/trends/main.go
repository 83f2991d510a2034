// Command trends measures how well package trend does: it draws groups of which
// it knows what they do, and prints what they were called.
//
//	go run ./testdata/trends -seed 1 -write docs/statistics.md
package main

import (
	"flag"
	"fmt"
	"log"
	"strings"

	"trail403/aggregate/trend"
	"trail403/testdata/marked"
)

func main() {
	log.SetFlags(0)
	seed := flag.Uint64("seed", 1, "of the draws")
	seeds := flag.Int("seeds", 1, "how many seeds to add up, from seed on")
	only := flag.String("only", "", "only further rows whose name holds this, and no targets")
	file := flag.String("write", "", "a Markdown file to write the tables into, between its marks")
	flag.Parse()

	var out strings.Builder
	if *only == "" {
		fmt.Fprintf(&out, "`make trends`, seed %d. Each row is a planted kind, and each column is the kind that trail403 reported.\n\n", *seed)
		printTarget(&out, "Independent hours", targets(1), *seed, *seeds)
		printTarget(&out, "Bursts of three hours", targets(3), *seed, *seeds)
	}
	printConditions(&out, *only, *seed, *seeds)
	fmt.Print(out.String())
	if *file != "" {
		if err := marked.Write(*file, "make trends", "\n"+out.String()+"\n"); err != nil {
			log.Fatal(err)
		}
	}
}

// runs adds up the tables of several seeds.
func (a *archive) runs(seed uint64, seeds int, stream int) table {
	sum := table{}
	for i := range seeds {
		sum.add(a.run(seed+uint64(i), uint64(stream)))
	}
	return sum
}

// printTarget prints kind × verdict.
func printTarget(out *strings.Builder, title string, list []archive, seed uint64, seeds int) {
	verdicts := append(append([]trend.Kind(nil), planted...), trend.Steady, trend.Sporadic)
	fmt.Fprintf(out, "| %s | groups |", title)
	for _, v := range verdicts {
		fmt.Fprintf(out, " %s |", v)
	}
	out.WriteString("\n| --- | ---: |" + strings.Repeat(" ---: |", len(verdicts)) + "\n")
	for stream, a := range list {
		t := a.runs(seed, seeds, stream)
		for _, k := range append([]trend.Kind{trendless}, planted...) {
			_, groups := t.named(k)
			fmt.Fprintf(out, "| %s, %d days | %d |", k, a.days, groups)
			for _, v := range verdicts {
				share, _ := t.named(k, v)
				fmt.Fprintf(out, " %s |", percent(share))
			}
			out.WriteByte('\n')
		}
	}
	out.WriteByte('\n')
}

// printConditions prints one row per additional archive: how many of the trendless
// groups were called anything but steady or sporadic, and how many of each planted kind
// got their own name.
func printConditions(out *strings.Builder, only string, seed uint64, seeds int) {
	out.WriteString("| Other conditions | days | trendless, false |")
	for _, k := range planted {
		fmt.Fprintf(out, " %s |", k)
	}
	out.WriteString("\n| --- | ---: | ---: |" + strings.Repeat(" ---: |", len(planted)) + "\n")
	for stream, a := range conditions() {
		if !strings.Contains(a.name, only) {
			continue
		}
		t := a.runs(seed, seeds, 100+stream)
		share, _ := t.named(trendless, planted...)
		fmt.Fprintf(out, "| %s | %d | %s |", a.name, a.days, percent(share))
		for _, k := range planted {
			if share, groups := t.named(k, k); groups > 0 {
				fmt.Fprintf(out, " %s |", percent(share))
			} else {
				out.WriteString(" |")
			}
		}
		out.WriteByte('\n')
	}
}

// percent writes a share, or a dash if there is nothing.
func percent(share float64) string {
	switch {
	case share == 0:
		return "–"
	case share == 1:
		return "100%"
	case share < 0.01 || share > 0.99:
		return fmt.Sprintf("%.2f%%", 100*share)
	}
	return fmt.Sprintf("%.1f%%", 100*share)
}
