package again

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"trail403/ingest/coverage"
)

// runs are sequences of records in a temporary file, each in order.
type runs struct {
	most int64 // bytes of the file
	file *os.File
	end  int64
	all  []span
}

// span is where one of them is.
type span struct{ from, end int64 }

// run reads one of them: chunks, each after its length.
type run struct {
	in     *bufio.Reader
	packed []byte
	buffer []byte
	chunk  []byte // what is left of the current one
}

// add writes a run.
func (r *runs) add(records func(yield func(key uint64, record []byte) error) error) error {
	if err := r.create(); err != nil {
		return err
	}
	from := r.end
	var chunk, packed []byte
	flush := func() error {
		packed = pack(chunk, packed)
		chunk = chunk[:0]
		head := binary.AppendUvarint(nil, uint64(len(packed)))
		if r.end += int64(len(head) + len(packed)); r.end > r.most {
			return coverage.LimitError{Limit: coverage.MaxTemp, Value: r.most}
		}
		if _, err := r.file.Write(head); err != nil {
			return err
		}
		_, err := r.file.Write(packed)
		return err
	}
	err := records(func(key uint64, record []byte) error {
		if chunk = appendRecord(chunk, key, record); len(chunk) >= chunkSize {
			return flush()
		}
		return nil
	})
	if err == nil && len(chunk) > 0 {
		err = flush()
	}
	if err != nil {
		return fmt.Errorf("writing records to a temporary file: %w", err)
	}
	r.all = append(r.all, span{from, r.end})
	return nil
}

// create creates the file. It has no name, so that it is gone however the program ends.
func (r *runs) create() (err error) {
	if r.file != nil {
		return nil
	}
	if r.file, err = os.CreateTemp("", "trail403-*.records"); err != nil {
		return fmt.Errorf("creating a temporary file: %w", err)
	}
	os.Remove(r.file.Name())
	return nil
}

// close removes the file.
func (r *runs) close() {
	if r.file != nil {
		r.file.Close()
		os.Remove(r.file.Name()) // some systems remove only files that are closed
	}
}

// readers returns a reader of each run, from its start.
func (r *runs) readers() (all []*run) {
	for _, s := range r.all {
		in := io.NewSectionReader(r.file, s.from, s.end-s.from)
		all = append(all, &run{in: bufio.NewReaderSize(in, 8<<10)})
	}
	return all
}

// next returns the next record of a run.
func (r *runs) next(of *run) (key uint64, record []byte, err error) {
	if len(of.chunk) == 0 {
		if err := r.refill(of); err != nil {
			return 0, nil, fmt.Errorf("reading records from a temporary file: %w", err)
		}
	}
	key, record, of.chunk = cutRecord(of.chunk)
	return key, record, nil
}

func (r *runs) refill(of *run) error {
	size, err := binary.ReadUvarint(of.in)
	if err != nil {
		return err
	}
	if uint64(cap(of.packed)) < size {
		of.packed = make([]byte, size)
	}
	of.packed = of.packed[:size]
	if _, err := io.ReadFull(of.in, of.packed); err != nil {
		return err
	}
	if of.chunk, err = unpack(of.packed, of.buffer); err != nil {
		return err
	}
	of.buffer = of.chunk
	if len(of.chunk) == 0 {
		return errors.New("an empty chunk")
	}
	return nil
}
