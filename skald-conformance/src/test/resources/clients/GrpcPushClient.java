import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Pushes lines over Loki's gRPC. Arguments: host, port, compression, the tenant, the label's value, the number. */
final class GrpcPushClient {
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      };

  private static final MethodDescriptor<byte[], byte[]> PUSH = method("logproto.Pusher/Push");

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .build();
  }

  public static void main(String[] args) throws Exception {
    ManagedChannel connection =
        OkHttpChannelBuilder.forAddress(
                args[0], Integer.parseInt(args[1]), InsecureChannelCredentials.create())
            .build();
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), args[3]);
    Channel channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(headers));
    CallOptions options =
        args[2].equals("none") ? CallOptions.DEFAULT : CallOptions.DEFAULT.withCompression(args[2]);
    int count = Integer.parseInt(args[5]);
    long now = System.currentTimeMillis();
    for (int from = 0; from < count; from += 100) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      field(stream, 1, ("{client=\"" + args[4] + "\"}").getBytes(StandardCharsets.UTF_8));
      for (int i = from; i < Math.min(count, from + 100); i++) {
        ByteArrayOutputStream time = new ByteArrayOutputStream();
        time.write(8);
        varint(time, now / 1000);
        time.write(16);
        varint(time, now % 1000 * 1_000_000 + i);
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        field(entry, 1, time.toByteArray());
        field(entry, 2, ("line " + i).getBytes(StandardCharsets.UTF_8));
        field(stream, 2, entry.toByteArray());
      }
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      field(request, 1, stream.toByteArray());
      ClientCalls.blockingUnaryCall(channel, PUSH, options, request.toByteArray());
    }
    refused(channel, PUSH, new byte[0]);
    refused(channel, PUSH, new byte[] {10, 3, 10, 1, '{'});
    refused(channel, method("logproto.Pusher/Pull"), new byte[0]);
    byte[] health =
        ClientCalls.blockingUnaryCall(
            channel, method("grpc.health.v1.Health/Check"), CallOptions.DEFAULT, new byte[0]);
    System.out.println("health " + health[1]);
    System.exit(0);
  }

  private static void refused(
      Channel channel, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    try {
      ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
      System.out.println("not refused");
    } catch (StatusRuntimeException e) {
      System.out.println(e.getStatus().getCode() + " " + e.getStatus().getDescription());
    }
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write(number << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
