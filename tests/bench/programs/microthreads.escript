#!/usr/bin/env escript
%%! +P 4000000 +S 1
%% The programs of microthreads, with the processes of Erlang: microthreads.escript NAME.
-mode(compile).

main([Name]) ->
    Start = erlang:monotonic_time(nanosecond),
    Count = run(list_to_atom(Name)),
    Each = (erlang:monotonic_time(nanosecond) - Start) / Count,
    case Name of
        "spawn" -> io:format("spawn ns/tasklet ~.1f~n", [Each]);
        "yields" -> io:format("yield ns/switch ~.1f~n", [Each]);
        "pingpong" -> io:format("pingpong ns/exchange ~.1f~n", [Each]);
        "ring" -> io:format("ring ns/hop ~.1f~n", [Each]);
        "skynet" -> io:format("skynet s ~.3f~n", [Each / 1.0e9]);
        _ -> ok
    end.

run(spawn) -> batches(1000), 1000000;
run(yields) ->
    Me = self(),
    [spawn(fun() -> yields(20000), Me ! done end) || _ <- lists:seq(1, 100)],
    gather(100),
    2000000;
run(pingpong) ->
    Me = self(),
    Other = spawn(fun() -> echo(Me) end),
    ping(Other, 1000000),
    1000000;
run(ring) ->
    Me = self(),
    First = spawn(fun() -> receive {next, P} -> node_loop(P, Me) end end),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> node_loop(Next, Me) end) end, First, lists:seq(2, 503)),
    First ! {next, Last},
    First ! 1000000,
    gather(1),
    1000000;
run(skynet) ->
    Me = self(),
    spawn(fun() -> skynet(Me, 0, 1000000, 10) end),
    receive _ -> 1 end;
run(_) -> halt(1).

batches(0) -> ok;
batches(B) ->
    Me = self(),
    [spawn(fun() -> Me ! done end) || _ <- lists:seq(1, 1000)],
    gather(1000),
    batches(B - 1).

gather(0) -> ok;
gather(N) -> receive done -> gather(N - 1) end.

yields(0) -> ok;
yields(N) -> erlang:yield(), yields(N - 1).

echo(To) -> receive I -> To ! I, echo(To) end.

ping(_, 0) -> ok;
ping(Other, N) -> Other ! N, receive _ -> ping(Other, N - 1) end.

node_loop(Next, Main) ->
    receive
        0 -> Main ! done;
        T -> Next ! T - 1, node_loop(Next, Main)
    end.

skynet(To, Num, 1, _) -> To ! Num;
skynet(To, Num, Size, Div) ->
    Me = self(),
    [spawn(fun() -> skynet(Me, Num + I * (Size div Div), Size div Div, Div) end) || I <- lists:seq(0, Div - 1)],
    To ! sum(Div, 0).

sum(0, S) -> S;
sum(N, S) -> receive V -> sum(N - 1, S + V) end.
