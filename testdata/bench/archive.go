package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/gzip"
)

// archive is a CloudTrail archive to measure on.
type archive struct {
	name           string
	files, records int // records in each file
	// groups is how many groups of denials the records make, if each of them is a
	// denial. Of an archive with 0, one record in a hundred is a denial.
	groups int
}

var archives = []archive{
	{name: "fat", files: 400, records: 2500},
	{name: "thin", files: 30_000, records: 6},
	{name: "storm", files: 1080, records: 2500, groups: 5000},
	{name: "dense", files: 200, records: 2500, groups: 120_000},
	{name: "wide", files: 400, records: 2500, groups: 1_000_000},
}

// The time of an archive.
const days = 30 * 24 * time.Hour

var begin = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

// makeTenth writes an archive with a tenth of the files of another one.
func makeTenth(name, dir string) error {
	for _, a := range archives {
		if a.name == name {
			a.files /= 10
			return a.make(dir)
		}
	}
	return fmt.Errorf("there is no archive %q", name)
}

// size returns how many records the archive holds.
func (a archive) size() int { return a.files * a.records }

// make writes the archive, unless it is there already. The same archive comes
// out on every machine.
func (a archive) make(dir string) error {
	done := filepath.Join(dir, ".done")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "making %s: %d files of %d records\n", dir, a.files, a.records)
	random := rand.New(rand.NewPCG(403, uint64(a.files)))
	step := days / time.Duration(a.files)
	var text, packed bytes.Buffer
	gz := gzip.NewWriter(nil)
	for i := range a.files {
		at := begin.Add(time.Duration(i) * step)
		text.Reset()
		text.WriteString(`{"Records":[`)
		for r := range a.records {
			if r > 0 {
				text.WriteByte(',')
			}
			when := at.Add(-time.Duration(r) * time.Second / 10)
			if a.groups > 0 {
				denied(random, a, i*a.records+r).write(&text, random, when)
			} else {
				mixed(random).write(&text, random, when)
			}
		}
		text.WriteString("]}")
		packed.Reset()
		gz.Reset(&packed)
		if _, err := gz.Write(text.Bytes()); err != nil {
			return err
		}
		if err := gz.Close(); err != nil {
			return err
		}
		name := filepath.Join(dir, "AWSLogs", "111122223333", "CloudTrail", "us-east-1", at.Format("2006/01/02"),
			fmt.Sprintf("111122223333_CloudTrail_us-east-1_%s_%016d.json.gz", at.Format("20060102T1504Z"), i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, packed.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(done, nil, 0o644)
}
