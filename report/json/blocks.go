package json

import (
	"runtime"
	"sync"
)

// blockSize is how many values of a list are encoded at a time.
const blockSize = 64

// blocks encodes the values with the numbers from 0 to n-1 on all processors, and hands
// out the blocks in order, until take returns false. A few blocks are held at a time.
func blocks(n int, encode func(e *encoder, i int), take func(*block) bool) {
	run := func(e *encoder, first int) *block {
		for i := first; i < min(first+blockSize, n); i++ {
			encode(e, i)
		}
		return e.take()
	}
	workers := min(runtime.GOMAXPROCS(0), (n+blockSize-1)/blockSize)
	if workers <= 1 {
		e := newEncoder()
		for first := 0; first < n && take(run(e, first)); first += blockSize {
		}
		return
	}
	type job struct {
		first int
		done  chan *block
	}
	jobs := make(chan job)
	waiting := make(chan job, 4*workers)
	stopped := make(chan struct{})
	var running sync.WaitGroup
	defer func() { // The values are the caller's again when this returns.
		close(stopped)
		running.Wait()
	}()
	running.Go(func() {
		defer close(jobs)
		defer close(waiting)
		for first := 0; first < n; first += blockSize {
			j := job{first, make(chan *block, 1)}
			for _, to := range []chan job{waiting, jobs} {
				select {
				case to <- j:
				case <-stopped:
					return
				}
			}
		}
	})
	for range workers {
		running.Go(func() {
			e := newEncoder()
			for j := range jobs {
				j.done <- run(e, j.first)
			}
		})
	}
	for j := range waiting {
		if !take(<-j.done) {
			return
		}
	}
}
