package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// truth is written beside an archive that is kept.
type truth struct {
	Until   time.Time      `json:"until"`
	Notes   []string       `json:"notes"`
	Planted []truthPlanted `json:"planted"`
	Groups  []truthGroup   `json:"groups"`
}

type truthPlanted struct {
	Kind    string    `json:"kind"`
	Onset   time.Time `json:"onset"`
	Until   time.Time `json:"until"`
	Denials int       `json:"denials"`
	Groups  []string  `json:"groups"`
	Causes  []string  `json:"causes"`
	Fix     string    `json:"fix,omitempty"`
}

type truthGroup struct {
	Group  string `json:"group"`
	Rhythm string `json:"rhythm"`
	Cause  string `json:"cause"`
}

// truth describes the world as it is known at a moment.
func (w *world) truth(at time.Time, notes []string) truth {
	t := truth{Until: at, Notes: notes, Planted: []truthPlanted{}}
	for _, p := range w.planted {
		if p.onset.After(at) {
			continue
		}
		x := truthPlanted{Kind: p.kind.name, Onset: p.onset, Until: p.until, Denials: len(p.denials), Groups: []string{}, Causes: []string{}}
		for _, g := range p.groups {
			x.Groups = append(x.Groups, g.key())
		}
		for _, c := range p.causes {
			x.Causes = append(x.Causes, c.id+" "+c.name+" "+c.at.Format(time.RFC3339))
		}
		if p.fix != nil {
			x.Fix = p.fix.id + " " + p.fix.name + " " + p.fix.at.Format(time.RFC3339)
		}
		t.Planted = append(t.Planted, x)
	}
	for _, g := range w.order {
		if g.rhythm != "" {
			t.Groups = append(t.Groups, truthGroup{g.key(), g.rhythm, g.why.cause})
		}
	}
	return t
}

func (l *lab) leave(f *found, dir, when string, notes []string) error {
	return l.leaveWorld(f.world, dir, when, f.world.end, notes)
}

func (l *lab) leaveNull(w *world, dir string, n *nothing) error {
	return l.leaveWorld(w, dir, "end", w.end, n.notes)
}

// leaveWorld keeps the archive as it is, next to its truth and a list of what is wrong,
// if that was asked for and something is wrong.
func (l *lab) leaveWorld(w *world, dir, when string, at time.Time, notes []string) error {
	if l.keep == "" || len(notes) == 0 {
		return nil
	}
	to := filepath.Join(l.keep, w.name, when)
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(to, "AWSLogs"), os.DirFS(filepath.Join(dir, "AWSLogs"))); err != nil {
		return err
	}
	text, err := json.MarshalIndent(w.truth(at, notes), "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "truth.json"), append(text, '\n'), 0o644)
}
