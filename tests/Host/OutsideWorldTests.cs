using System.Net;
using System.Net.Http.Json;

namespace Relief.Flow.Tests.Host;

public sealed class OutsideWorldTests : IAsyncLifetime
{
    private OutsideWorld world = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        world = await OutsideWorld.Open();
        client = new HttpClient { BaseAddress = world.Address };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task It_keeps_what_was_sent_and_answers_by_script()
    {
        world.Answers("POST /sms/send", OutsideAnswer.Json(new { Receipt = "R-1" }).With("X-Trace", "7"));

        using var message = new HttpRequestMessage(HttpMethod.Post, "/sms/send?test=1") { Content = JsonContent.Create(new { to = "13800000000" }) };
        message.Headers.Add("Idempotency-Key", "inst/notify/1");
        using var answer = await client.SendAsync(message);

        Assert.Equal("""{"receipt":"R-1"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("7", answer.Headers.GetValues("X-Trace").Single());
        var sent = Assert.Single(world.RequestsTo("POST /sms/send"));
        Assert.Equal("13800000000", sent.Json.GetProperty("to").GetString());
        Assert.Equal(("inst/notify/1", "?test=1", 1), (sent.Header("idempotency-key"), sent.Query, sent.Number));
    }

    [Fact]
    public async Task It_is_unavailable_as_often_as_the_script_says()
    {
        world.Answers("GET /bank", [.. OutsideAnswer.Unavailable.Times(2), OutsideAnswer.Ok]);

        List<HttpStatusCode> statuses = [];
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var answer = await client.GetAsync("/bank");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task An_answer_is_held_back_until_its_signal_while_the_request_is_already_known()
    {
        var signal = new TaskCompletionSource();
        world.Answers("GET /slow", OutsideAnswer.Ok.After(signal.Task));

        var answering = client.GetAsync("/slow");
        var arrived = await world.Next();
        Assert.Equal("/slow", arrived.Path);
        Assert.False(answering.IsCompleted);

        signal.SetResult();
        using var answer = await answering;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_dropped_request_is_done_outside_and_failed_here()
    {
        world.Answers("POST /pay", OutsideAnswer.Dropped);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync("/pay", content: null));

        Assert.Single(world.RequestsTo("POST /pay"));
    }

    [Fact]
    public async Task Silence_lasts_until_the_sender_gives_up()
    {
        world.Answers("GET /dead", OutsideAnswer.Silence);
        using var patience = new CancellationTokenSource();

        var asking = client.GetAsync("/dead", patience.Token);
        await world.Next();
        await patience.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => asking);
    }

    [Fact]
    public async Task What_nobody_scripted_is_not_found()
    {
        using var answer = await client.GetAsync("/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Single(world.Requests);
    }
}
