// Command bench measures the complete job against plain gunzip of the same files, on
// archives that it generates once: fat (few large files) and thin (many small files).
// The runs alternate, so that a machine whose speed drifts slows both. Then it measures
// the job on S3.
//
//	go run ./testdata/bench -trail403 bin/trail403 -dir .bench
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
)

func main() {
	log.SetFlags(0)
	binary := flag.String("trail403", "bin/trail403", "the program to measure")
	dir := flag.String("dir", ".bench", "where the archives are, or are made")
	runs := flag.Int("runs", 5, "runs of each command")
	onlyS3 := flag.Bool("s3", false, "measure S3 alone")
	gunzip := flag.String("gunzip", "", "only gunzip the files below this folder (used by the bench itself)")
	command := flag.String("measure", "", "only run this command, with the arguments (used by the bench itself)")
	flag.Parse()
	if *command != "" {
		if err := measured(*command, flag.Args()); err != nil {
			log.Fatal(err)
		}
		return
	}
	if *gunzip != "" {
		if err := gunzipAll(*gunzip); err != nil {
			log.Fatal(err)
		}
		return
	}
	fmt.Printf("%s/%s, %d processors, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), runtime.Version())
	for _, a := range archives {
		path := filepath.Join(*dir, a.name)
		if err := a.make(path); err != nil {
			log.Fatalf("making %s: %v", path, err)
		}
		if *onlyS3 {
			continue
		}
		if err := compare(a, path, *binary, *runs); err != nil {
			log.Fatalf("measuring %s: %v", path, err)
		}
	}
	if err := network(*dir, *binary, 3); err != nil {
		log.Fatalf("measuring S3: %v", err)
	}
	os.Exit(0)
}
