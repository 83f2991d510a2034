// Command bench measures the complete job on archives that it generates once: fat (few
// large files), thin (many small ones), and three in which every record is a denial:
// storm (few groups), dense (many) and wide (as many as denials). It runs beside bare
// gunzip of the same files, and beside DuckDB where that is installed:
//
//	python3 -m venv .bench/duckdb && .bench/duckdb/bin/pip install duckdb==1.5.6
//
// Then it measures stores, and the job on S3.
//
//	go run ./testdata/bench -trail403 bin/trail403 -dir .bench -write docs/performance.md
//
// The files, each using only those before it:
//
//  1. record.go, archive.go: the archives.
//  2. measure.go: one run of a program.
//  3. gunzip.go, duckdb.go: the other programs.
//  4. compare.go: programs in turn, and the tables.
//  5. store.go: collecting, and reports from a store.
//  6. network.go: the job on S3.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"trail403/testdata/marked"
)

func main() {
	log.SetFlags(0)
	binary := flag.String("trail403", "bin/trail403", "the program to measure")
	dir := flag.String("dir", ".bench", "where the archives are, or are made")
	runs := flag.Int("runs", 5, "runs of each command")
	only := flag.String("only", "", "measure only these archives, separated by commas, or store or s3")
	python := flag.String("python", "", "a Python with DuckDB (default: that of a duckdb folder in -dir)")
	file := flag.String("write", "", "a Markdown file to write the tables into, between its marks")
	gunzip := flag.String("gunzip", "", "only gunzip the files below this folder (used by the bench itself)")
	tenth := flag.String("tenth", "", "only make a tenth of this archive in -dir (used by the test of engines)")
	command := flag.String("measure", "", "only run this command, with the arguments (used by the bench itself)")
	flag.Parse()
	var err error
	switch {
	case *command != "":
		err = measured(*command, flag.Args())
	case *tenth != "":
		err = makeTenth(*tenth, *dir)
	case *gunzip != "":
		err = gunzipAll(*gunzip)
	default:
		if *python == "" {
			*python = filepath.Join(*dir, "duckdb", "bin", "python")
		}
		err = bench(*binary, *dir, *python, *file, *only, *runs)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func bench(binary, dir, python, file, only string, runs int) error {
	fmt.Printf("%s/%s, %d processors, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), runtime.Version())
	self, err := os.Executable()
	if err != nil {
		return err
	}
	wanted := func(name string) bool { return only == "" || slices.Contains(strings.Split(only, ","), name) }
	duck := hasDuck(python)
	if !duck {
		fmt.Printf("DuckDB %s is not measured: %s does not have it\n\n", duckVersion, python)
	}
	var all []*contest
	for _, a := range archives {
		if !wanted(a.name) {
			continue
		}
		path := filepath.Join(dir, a.name)
		if err := a.make(path); err != nil {
			return fmt.Errorf("making %s: %w", path, err)
		}
		others := []contender{{"bare gunzip", func() (run, error) { return measure(nil, self, "-gunzip", path) }}}
		if duck {
			others = append(others, contender{"DuckDB " + duckVersion, func() (run, error) { return ducks(a, python, path) }})
		}
		c, err := compare(a, path, binary, others, runs)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", path, err)
		}
		all = append(all, c)
	}
	if len(all) > 0 {
		fmt.Println(tables(all, runs))
	}
	if file != "" {
		if err := marked.Write(file, "make bench", "\n"+tables(all, runs)+"\n"); err != nil {
			return err
		}
	}
	if wanted("store") {
		if err := stores(dir, binary, runs); err != nil {
			return fmt.Errorf("measuring stores: %w", err)
		}
	}
	if !wanted("s3") {
		return nil
	}
	if err := network(dir, binary, 3); err != nil {
		return fmt.Errorf("measuring S3: %w", err)
	}
	return nil
}
