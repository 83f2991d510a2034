package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A tree is the folder of a world's archive, which grows as CloudTrail delivers. A real
// trail delivers every five minutes. Here a file holds up to six hours, and an
// additional one ends when a reader looks.
type tree struct {
	dir  string
	w    *world
	next int       // the first event that was not written yet
	at   time.Time // the last delivery
	draw draw
}

func newTree(w *world, dir string) *tree {
	return &tree{dir: dir, w: w, at: w.start, draw: newDraw(w.seed, w.name+"/files")}
}

// Files are delivered every six hours, the last one of a day shortly before midnight,
// so that a missing day lacks only its own records.
const (
	delivery = 6 * time.Hour
	shift    = 5 * time.Minute
)

// until delivers everything that arrived before a moment.
func (t *tree) until(cut time.Time) error {
	for t.at.Before(cut) {
		next := t.at.Add(shift).Truncate(delivery).Add(delivery - shift)
		if next.After(cut) {
			next = cut
		}
		if err := t.deliver(next); err != nil {
			return err
		}
		t.at = next
	}
	return nil
}

// deliver writes one file per account with what arrived before a moment.
func (t *tree) deliver(until time.Time) error {
	data, network := map[string]*bytes.Buffer{}, map[string]*bytes.Buffer{}
	for ; t.next < len(t.w.events) && t.w.events[t.next].arrives.Before(until); t.next++ {
		e := &t.w.events[t.next]
		to := data
		if e.group != nil && e.group.network {
			to = network
		}
		if to[e.account()] == nil {
			to[e.account()] = &bytes.Buffer{}
		}
		if to[e.account()].Len() > 0 {
			to[e.account()].WriteByte(',')
		}
		e.write(to[e.account()])
	}
	for _, account := range append([]string{managementAccount}, accounts...) {
		if body := network[account]; body != nil {
			if err := t.write(account, "CloudTrail-NetworkActivity", until, body); err != nil {
				return err
			}
		}
		if t.missing(account, until) {
			continue
		}
		body := data[account]
		if body == nil {
			body = &bytes.Buffer{}
			writeQuiet(body, account, until.Add(-5*time.Minute), fmt.Sprintf("%s-%x", account, until.Unix()))
		}
		if err := t.write(account, "CloudTrail", until, body); err != nil {
			return err
		}
	}
	return nil
}

// missing says whether the day of an account was never delivered.
func (t *tree) missing(account string, until time.Time) bool {
	return slices.ContainsFunc(t.w.gaps, func(g gap) bool {
		return g.account == account && until.After(g.day.Add(-shift)) && !until.After(g.day.Add(day-shift))
	})
}

// write writes one object under the name that CloudTrail would give it.
func (t *tree) write(account, folder string, until time.Time, body *bytes.Buffer) error {
	until = until.UTC()
	name := filepath.Join(t.dir, "AWSLogs", account, folder, region(account), until.Format("2006/01/02"),
		fmt.Sprintf("%s_%s_%s_%s_%016x.json.gz", account, folder, region(account), until.Format("20060102T1504Z"), t.draw.Uint64()))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	z.Write([]byte(`{"Records":[`))
	z.Write(body.Bytes())
	z.Write([]byte(`]}`))
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, packed.Bytes(), 0o644)
}
