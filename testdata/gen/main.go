// Command gen writes a small, made-up CloudTrail archive of one organization and one
// month, October 2026. Stories are planted in it: something new, something that stops,
// something that jumps, and incidents with the policy changes before them. The same seed
// gives the same records. Nothing in it comes from a real account.
//
//	go run ./testdata/gen -o DIR [-seed N] [-truth FILE] [-clean]
//
// The archive is DIR/AWSLogs. With -truth, FILE gets what was planted, counted while the
// archive was made.
package main

//go:generate go run . -o ../demo -truth ../demo.truth.json -clean

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// defaultSeed is the seed of testdata/demo.
const defaultSeed = 403

func main() {
	dir := flag.String("o", "", "folder for the archive (required)")
	seed := flag.Uint64("seed", defaultSeed, "seed of everything that is drawn")
	truthFile := flag.String("truth", "", "write what was planted, as JSON, to this file")
	clean := flag.Bool("clean", false, "remove the archive of an earlier run from the folder first")
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*dir, *seed, *truthFile, *clean); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir string, seed uint64, truthFile string, clean bool) error {
	// Files of another run next to the new ones would make an archive that no truth
	// describes.
	tree := filepath.Join(dir, "AWSLogs", organization)
	if clean {
		if err := os.RemoveAll(tree); err != nil {
			return err
		}
	}
	if _, err := os.Stat(tree); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s exists already; -clean replaces it", tree)
	}

	files, truth := generate(seed)
	for _, f := range files {
		if err := f.write(dir); err != nil {
			return err
		}
	}
	if truthFile == "" {
		return nil
	}
	text, err := json.MarshalIndent(truth, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(truthFile, append(text, '\n'), 0o644)
}

// generate plants the stories, packs their records into files and counts.
func generate(seed uint64) ([]*file, *truth) {
	g := &generator{seed: seed}

	g.bucketPolicyIncident()
	g.organizationPolicyIncident()
	g.rolePolicyIncident()
	g.keyPolicyIncident()
	g.endpointPolicyIncident()
	g.quarantinedKey()
	g.enumeration()

	g.stopped()
	g.spike()
	g.rising()
	g.falling()
	g.steadyDelivery()
	g.steadyConfig()
	g.steadyPeople()
	g.nextLayer()
	g.anonymousScanners()
	g.foreignAccount()

	g.everyPolicyType()
	g.everyKeyForm()
	g.everyOtherCause()
	g.everyIdentity()
	g.hostileKeys()
	g.oddShapes()

	g.unrelatedChanges()
	g.allowedTraffic()
	g.otherServices()
	g.harmlessFailures()

	g.repeatedRecords()
	g.earlierDocuments()
	files := g.pack()
	files = append(files, g.bystanders(files)...)
	return files, g.count(files)
}
