package live

import (
	"sync"

	"trail403/ingest/event"
)

// reader reads one thing after another, and keeps what many of them have.
type reader struct {
	*client

	mu           sync.Mutex
	managed      map[string]*managed
	organization map[string]*organizationPolicy

	manages    sync.Once
	managedBy  string // the management account of the organization
	managesErr error
}

// managed is a managed policy, which many roles can have.
type managed struct {
	once          sync.Once
	version, text string
	op            int // that failed
	err           error
}

// organizationPolicy is an SCP or RCP, which many accounts can have.
type organizationPolicy struct {
	once sync.Once
	kind event.Policy
	text string
	err  error
}

// regionOf returns where AWS is asked about a thing.
func (r *reader) regionOf(w *event.Wanted) string {
	if regionName.MatchString(w.Region) {
		return w.Region
	}
	return r.ownRegion()
}

// ownRegion returns the Region of the configuration, or nothing.
func (r *reader) ownRegion() string {
	if regionName.MatchString(r.config.Region) {
		return r.config.Region
	}
	return ""
}
