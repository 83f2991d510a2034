package ledger

import (
	"context"

	"trail403/ingest/store/file"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
)

// Run is a run that was committed, or several in one file.
type Run struct {
	*manifest.Manifest
	File   place.File
	Footer *file.Footer
	span   span
}

// readRun reads the end of a file.
func readRun(ctx context.Context, p place.Place, f place.File, s span) (*Run, error) {
	in, err := p.Open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	footer, err := file.ReadFooter(in, f.Size)
	if err != nil {
		return nil, About(p.Name(f.Name), err)
	}
	m, err := manifest.Parse(footer.Manifest)
	if err != nil {
		return nil, &Problem{p.Name(f.Name), err}
	}
	if m.First != s.first || m.Last != s.last {
		return nil, &Problem{p.Name(f.Name), ErrName}
	}
	return &Run{m, f, footer, s}, nil
}

// Edition returns how often the file was written again, 0 for a run as it was committed.
func (r *Run) Edition() int { return r.span.edition }
