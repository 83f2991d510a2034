package ledger

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/store/place"
	"trail403/ingest/store/version"
)

// settings are what is fixed when a store is made.
type settings struct {
	Schema int    `json:"schema"`
	ID     string `json:"id"`
}

// exists returns an error unless there is a store at a place that can be read.
func exists(ctx context.Context, p place.Place) error {
	files, err := p.List(ctx, "")
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Name == SettingsName {
			return checkSettings(ctx, p, f)
		}
	}
	// Folders do not show in a listing, and a store can have lost its settings.
	runs, err := p.List(ctx, EventsFolder)
	if err != nil {
		return err
	}
	if files = append(files, runs...); len(files) > 0 {
		return fmt.Errorf("%w: %s", ErrNotEmpty, p.Name(files[0].Name))
	}
	return ErrNoStore
}

// maxSettings bounds the file of settings.
const maxSettings = 64 << 10

func checkSettings(ctx context.Context, p place.Place, f place.File) error {
	f.Size = min(f.Size, maxSettings)
	text, err := place.ReadAll(ctx, p, f)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	s := &settings{}
	switch {
	case json.Unmarshal(text, s) != nil || s.Schema < 1:
		return &Problem{p.Name(f.Name), ErrSettings}
	case s.Schema > Schema:
		return version.NewerError{What: "the store", Schema: s.Schema, Known: Schema}
	}
	return nil
}

// Make makes a store at an empty place, unless another one is faster. It fails where a
// file can be created twice.
func Make(ctx context.Context, p place.Place) error {
	text, err := json.Marshal(settings{Schema, RandomID()})
	if err != nil {
		return err
	}
	for range 2 { // the second time must find that of the first
		err := place.CreateBytes(ctx, p, SettingsName, append(text, '\n'))
		if errors.Is(err, place.ErrExists) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return errors.Join(ErrNoCondition, p.Remove(ctx, SettingsName))
}

// RandomID returns an id that nobody else makes.
func RandomID() string { return rand.Text() }
