// Command incidents measures how true the incidents of a report are. It writes
// archives that look like real life, of which it knows what happened, runs the
// program on them, and compares what it lists with what was planted.
//
//		go run ./testdata/incidents -seed 1 -write docs/incidents.md
//
//	 1. A world (world.go) has six accounts, principals and buckets (cast.go), and
//	    background groups with rhythms (background.go, rhythm.go): steady, hourly,
//	    office hours with daylight saving, nightly, weekly and monthly jobs, retry
//	    storms, bursts, wandering levels, deployments, flapping, scanners, people.
//	 2. Incidents are planted (kinds.go, planted.go): each with the change that caused
//	    it, if one did, and with changes that did not.
//	 3. The world is written as CloudTrail delivers it (record.go, tree.go): late, with
//	    a day missing at times, up to any hour of the last day.
//	 4. The program reports on it (program.go), at the end, on the first morning, 15
//	    minutes after the onset, and on 60 mornings in a row (rolling.go).
//	 5. The report is scored (score.go): what is listed and false, what is missing,
//	    split or joined, and which changes are named. Sums become tables (sums.go,
//	    tables.go).
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	_ "time/tzdata" // the same clocks everywhere

	"golang.org/x/sync/errgroup"

	"trail403/testdata/marked"
)

// options are the flags.
type options struct {
	program, keep, only, write string
	seed                       uint64
	archives, workers          int
	quick, verbose             bool
}

// size is how much is measured.
type size struct {
	archives, each, groups int // with planted incidents: how many, incidents and groups of each
	nulls, nullGroups      int
	readers, mornings      int
	sample                 int
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.program, "trail403", "bin/trail403", "the program to measure")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of everything that is drawn")
	flag.IntVar(&o.archives, "archives", 0, "how many archives with planted incidents (0: 12, or 4 with -quick)")
	flag.StringVar(&o.only, "only", "", "plant only the kind with this name, and measure nothing else")
	flag.StringVar(&o.keep, "keep", "", "keep the archives in which something is wrong in this folder, each with a truth.json")
	flag.BoolVar(&o.quick, "quick", false, "measure less, in half a minute")
	flag.BoolVar(&o.verbose, "v", false, "print a line for everything that is wrong")
	flag.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "archives at a time")
	flag.StringVar(&o.write, "write", "", "a Markdown file to write the tables into, between its marks")
	flag.Parse()
	if err := run(&o); err != nil {
		log.Fatal(err)
	}
}

// run measures and prints.
func run(o *options) error {
	known := o.only == ""
	for i := range kinds {
		known = known || kinds[i].name == o.only
	}
	if !known {
		return fmt.Errorf("there is no kind %q", o.only)
	}
	work, err := os.MkdirTemp("", "trail403-incidents-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	n := o.size()
	l := &lab{program: program(o.program), work: work, keep: o.keep, seed: o.seed, sample: n.sample}
	s, notes, err := l.measure(n, o)
	if err != nil {
		return err
	}
	if o.verbose {
		for _, note := range notes {
			fmt.Println(note)
		}
		fmt.Println()
	}
	var out strings.Builder
	fmt.Fprintf(&out, "`make incidents`, seed %d.\n\n", o.seed)
	s.print(&out)
	fmt.Print(out.String())
	if o.write != "" {
		return marked.Write(o.write, "make incidents", "\n"+out.String())
	}
	return nil
}

// size says how much is measured.
func (o *options) size() size {
	n := size{archives: 12, each: 16, groups: 150, nulls: 10, nullGroups: 200, readers: 2, mornings: 60, sample: 5}
	if o.quick {
		n = size{archives: 4, each: 10, groups: 100, nulls: 2, nullGroups: 200, readers: 1, mornings: 14, sample: 3}
	}
	if o.archives > 0 {
		n.archives = o.archives
	}
	if o.only != "" {
		n.nulls, n.readers, n.each = 0, 0, 4
	}
	return n
}

// measure runs everything, some archives at a time, and adds it up in order.
func (l *lab) measure(n size, o *options) (*sums, []string, error) {
	founds, nothings, readers := make([]*found, n.archives), make([]*nothing, n.nulls), make([]*reader, n.readers)
	var g errgroup.Group
	g.SetLimit(max(1, o.workers))
	for i := range readers { // first, since they take the longest
		g.Go(func() (err error) {
			name := archiveName("reader", i)
			readers[i], err = l.read(newRolling(name, l.seed, n.mornings, dealt(i, n.mornings/3, "")))
			return err
		})
	}
	for i := range founds {
		g.Go(func() (err error) {
			name := archiveName("archive", i)
			founds[i], err = l.archive(newArchive(name, l.seed, n.groups, dealt(i, n.each, o.only)))
			return err
		})
	}
	for i := range nothings {
		g.Go(func() (err error) {
			name := archiveName("nothing", i)
			nothings[i], err = l.null(newArchive(name, l.seed, n.nullGroups, nil))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	s := newSums()
	var notes []string
	for _, f := range founds {
		s.addFound(f)
		notes = append(notes, f.notes...)
	}
	for _, x := range nothings {
		s.addNothing(x)
		notes = append(notes, x.notes...)
	}
	for _, r := range readers {
		s.addReader(r)
		notes = append(notes, r.notes...)
	}
	return s, notes, nil
}
