package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/dustin/go-humanize"

	"trail403/ingest/engine"
	"trail403/ingest/engine/athena"
	"trail403/ingest/engine/trino"
	"trail403/ingest/source"
	"trail403/ingest/source/s3"
)

// connected is an engine that a run asks.
type connected struct {
	*engine.Engine
	close func()
}

// connect looks at the table of the plan, and makes the run ask the engine. It returns nil
// without one.
func connect(ctx context.Context, env Env, p *plan) (*connected, error) {
	e := &p.engine
	if e.name == "" {
		return nil, nil
	}
	transport, closing, err := transportOf(env, p)
	if err != nil {
		return nil, err
	}
	opened, err := engine.Open(ctx, engine.Options{
		Transport: transport, Table: e.table, Codes: p.ingest.ErrorCodes, Retry: env.Retry,
		Folder: e.folder, Location: e.location,
	})
	if err != nil {
		closing()
		return nil, sourceHint(err)
	}
	for _, warning := range opened.Warnings() {
		complain(p.quieted(env).Stderr, "warning", errors.New(warning))
	}
	p.ingest.Engine = opened
	return &connected{opened, closing}, nil
}

func athenaOf(env Env, p *plan) (*athena.Client, func()) {
	opts := athena.Options{
		Profile: p.s3.Profile, Region: p.s3.Region, Retry: env.Retry,
		Workgroup: p.engine.workgroup, Output: p.engine.output,
	}
	if !p.engine.unload {
		client := athena.New(opts)
		return client, client.Close
	}
	store := s3.New(p.s3)
	opts.Unload = p.engine.output
	opts.Get = func(ctx context.Context, name string) (io.ReadCloser, error) {
		return source.Bucket{Store: store}.Open(ctx, source.Entry{Name: name})
	}
	client := athena.New(opts)
	return client, func() {
		client.Close()
		store.Close()
	}
}

func transportOf(env Env, p *plan) (engine.Transport, func(), error) {
	if p.engine.name == athenaEngine {
		client, closing := athenaOf(env, p)
		return client, closing, nil
	}
	client, err := trino.New(trino.Options{
		URL: p.engine.url, User: p.engine.user, Retry: env.Retry,
		Password: env.Getenv("TRAIL403_ENGINE_PASSWORD"), Token: env.Getenv("TRAIL403_ENGINE_TOKEN"),
	})
	if err != nil {
		return nil, nil, usagef("--engine-url: %w", err)
	}
	return client, client.Close, nil
}

// done ends the connection.
func (c *connected) done() {
	if c != nil {
		c.close()
	}
}

// tell says what the engine did, and what had to be read here.
func (c *connected) tell(w io.Writer) {
	if c == nil {
		return
	}
	n := c.Counts()
	for _, failed := range n.Failed {
		complain(w, "warning", fmt.Errorf("a query failed, and what it is about was read here: %s", failed))
	}
	if more := n.FailedParts - len(n.Failed); more > 0 {
		complain(w, "warning", fmt.Errorf("further failed queries: %d", more))
	}
	if n.Halved > 0 {
		complain(w, "note", fmt.Errorf("queries that failed, and were repeated for each half of their objects: %d", n.Halved))
	}
	note := fmt.Sprintf("the engine answered for %s of %s", humanize.Comma(int64(n.Answered)), counted(n.Asked, "object"))
	if left := n.Asked - n.Answered; left > 0 {
		note += fmt.Sprintf("; %s read here", wasOrWere(left))
	}
	complain(w, "note", errors.New(note))
}

func wasOrWere(n int) string {
	if n == 1 {
		return "1 was"
	}
	return humanize.Comma(int64(n)) + " were"
}
