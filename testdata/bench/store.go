package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// stores measures collecting beside reporting, and reports from a store: of all of it,
// and of its last day.
func stores(dir, binary string, runs int) error {
	fat, storm := archives[0], archives[2]
	for _, a := range []archive{fat, storm} {
		if err := a.make(filepath.Join(dir, a.name)); err != nil {
			return err
		}
	}
	temporary, err := os.MkdirTemp(dir, "store-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	fmt.Print("Stores: medians (minimum to maximum)\n\n")
	fmt.Println("| what | seconds | processor seconds | peak MB |")
	fmt.Println("| --- | ---: | ---: | ---: |")
	path := filepath.Join(dir, fat.name)
	collect := func(a archive) (run, error) {
		store := filepath.Join(temporary, a.name)
		if err := os.RemoveAll(store); err != nil {
			return run{}, err
		}
		return measure(nil, binary, "collect", "--quiet", "--store", store, filepath.Join(dir, a.name))
	}
	err = turns(runs,
		contender{"`trail403 report`, fat", func() (run, error) { return report(binary, path) }},
		contender{"`trail403 collect`, fat, a new store", func() (run, error) { return collect(fat) }},
	)
	if err != nil {
		return err
	}
	if _, err := collect(storm); err != nil {
		return err
	}
	store := filepath.Join(temporary, storm.name)
	lastDay := begin.Add(days - 24*time.Hour).Format(time.RFC3339)
	return turns(runs,
		contender{fmt.Sprintf("`trail403 report --store`, %d denials", storm.size()), func() (run, error) {
			return report(binary, "--store", store)
		}},
		contender{"the same, the last of 30 days", func() (run, error) {
			return report(binary, "--store", store, "--from", lastDay, "--history", "0")
		}},
	)
}

// turns runs commands in turn, and prints a row for each.
func turns(runs int, all ...contender) error {
	results := make([][]run, len(all))
	for range runs {
		for i, c := range all {
			r, err := c.run()
			if err != nil {
				return err
			}
			results[i] = append(results[i], r)
		}
	}
	for i, c := range all {
		r := results[i]
		fmt.Printf("| %s | %s | %s | %.0f |\n", c.name, spread(seconds(r)), spread(cpu(r)), peak(r))
	}
	return nil
}
