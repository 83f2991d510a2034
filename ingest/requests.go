package ingest

import (
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// RequestSink is what a Sink can also be: it takes every request in the window that S3
// denied or that succeeded. Reading them takes much longer than reading denials alone.
type RequestSink interface {
	// AddRequest takes a request of the object that is being read. One that succeeded
	// has no error code. An error ends the run.
	AddRequest(r *event.Denial) error
}

// requests reads requests and hands them to a sink.
type requests struct {
	opts    *Options
	decoder *denial.Decoder
	sink    RequestSink
}

// newRequests returns nil if the sink takes no requests.
func newRequests(opts *Options, d *denial.Decoder, sink any) *requests {
	if s, ok := sink.(RequestSink); ok {
		return &requests{opts, d, s}
	}
	return nil
}

// record hands a record to the sink if it is such a request.
func (r *requests) record(raw []byte) error {
	if r == nil {
		return nil
	}
	request, ok := r.decoder.Request(raw)
	if !ok || !r.opts.inWindow(request.Time) {
		return nil
	}
	return r.sink.AddRequest(&request)
}
