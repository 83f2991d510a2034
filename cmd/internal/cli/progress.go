package cli

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/schollz/progressbar/v3"

	"trail403/ingest"
)

// showProgress draws a bar on standard error, if that is a terminal. stop removes
// the bar.
func showProgress(env Env, p *ingest.Progress) (stop func()) {
	if !env.IsTerminal(env.Stderr) {
		return func() {}
	}
	bar := progressbar.NewOptions64(1,
		progressbar.OptionSetWriter(env.Stderr),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("objects"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetWidth(20),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	quit, ended := make(chan struct{}), make(chan struct{})
	start := time.Now()
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				bar.Clear()
				return
			case <-tick.C:
				done := uint64(p.DoneBytes.Load())
				rate := float64(done) / time.Since(start).Seconds()
				total := humanize.IBytes(uint64(p.ListedBytes.Load()))
				if !p.AllListed.Load() {
					total += " listed so far"
				}
				bar.Describe(fmt.Sprintf("%s of %s, %s/s", humanize.IBytes(done), total, humanize.IBytes(uint64(rate))))
				// One more than there are, so that the bar does not end before the run does.
				bar.ChangeMax64(p.Listed.Load() + 1)
				bar.Set64(p.Done.Load())
			}
		}
	}()
	return func() {
		close(quit)
		<-ended
	}
}
