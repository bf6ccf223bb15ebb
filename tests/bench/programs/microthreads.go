// The programs of microthreads, with goroutines on one processor: microthreads NAME.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

func skynet(c chan int, num, size, div int) {
	if size == 1 {
		c <- num
		return
	}
	rc := make(chan int)
	for i := 0; i < div; i++ {
		go skynet(rc, num+i*(size/div), size/div, div)
	}
	sum := 0
	for i := 0; i < div; i++ {
		sum += <-rc
	}
	c <- sum
}

func down(d int, f func()) int {
	if d == 0 {
		f()
		return 0
	}
	return down(d-1, f) + 1
}

func exchange(depth, n int) float64 {
	c := make(chan int)
	var wg sync.WaitGroup
	wg.Add(2)
	start := time.Now()
	go func() {
		down(depth, func() {
			for i := 0; i < n; i++ {
				c <- i
			}
		})
		wg.Done()
	}()
	go func() {
		down(depth, func() {
			for i := 0; i < n; i++ {
				<-c
			}
		})
		wg.Done()
	}()
	wg.Wait()
	return float64(time.Since(start).Nanoseconds()) / float64(n)
}

func resident() int {
	data, _ := os.ReadFile("/proc/self/statm")
	var size, pages int
	fmt.Sscan(string(data), &size, &pages)
	return pages * 4096
}

func main() {
	runtime.GOMAXPROCS(1)
	const n = 1000000
	start := time.Now()
	since := func(count int) float64 { return float64(time.Since(start).Nanoseconds()) / float64(count) }
	switch os.Args[1] {
	case "spawn":
		var wg sync.WaitGroup
		count := 0
		for b := 0; b < n/1000; b++ {
			wg.Add(1000)
			for i := 0; i < 1000; i++ {
				go func() { count++; wg.Done() }()
			}
			wg.Wait()
		}
		fmt.Printf("spawn ns/tasklet %.1f\n", since(n))
	case "yields":
		var wg sync.WaitGroup
		for k := 0; k < 100; k++ {
			wg.Add(1)
			go func() {
				for i := 0; i < 20000; i++ {
					runtime.Gosched()
				}
				wg.Done()
			}()
		}
		wg.Wait()
		fmt.Printf("yield ns/switch %.1f\n", since(2000000))
	case "pingpong":
		fmt.Printf("pingpong ns/exchange %.1f\n", exchange(0, n))
	case "deep":
		fmt.Printf("deep(100) ns/exchange %.1f\n", exchange(100, n/2))
	case "ring":
		const k = 503
		chans := make([]chan int, k)
		for i := range chans {
			chans[i] = make(chan int)
		}
		done := make(chan bool)
		for i := range chans {
			go func(in, out chan int) {
				for t := range in {
					if t == 0 {
						done <- true
						return
					}
					out <- t - 1
				}
			}(chans[i], chans[(i+1)%k])
		}
		start = time.Now()
		chans[0] <- n
		<-done
		fmt.Printf("ring ns/hop %.1f\n", since(n))
	case "skynet":
		c := make(chan int)
		go skynet(c, 0, 1000000, 10)
		<-c
		fmt.Printf("skynet s %.3f\n", time.Since(start).Seconds())
	case "blocked":
		c := make(chan int)
		got := 0
		var wg sync.WaitGroup
		before := resident()
		for i := 0; i < n; i++ {
			wg.Add(1)
			go func(i int) { got += <-c + i; wg.Done() }(i)
		}
		runtime.Gosched()
		fmt.Printf("blocked bytes/tasklet %d create+block ns %.0f\n", (resident()-before)/n, since(n))
		start = time.Now()
		for i := 0; i < n; i++ {
			c <- 1
		}
		wg.Wait()
		fmt.Printf("wake ns %.0f\n", since(n))
	}
}
