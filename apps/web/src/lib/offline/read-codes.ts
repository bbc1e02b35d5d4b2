/** What reads codes in pictures: the browser's own, or a library that is loaded when it is needed. */
interface CodeReader {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface NativeReader {
  new (options: { readonly formats: readonly string[] }): CodeReader;
  getSupportedFormats(): Promise<readonly string[]>;
}

const LOOK_MS = 150;
let reader: Promise<CodeReader> | undefined;

async function findReader(): Promise<CodeReader> {
  const native = (globalThis as { readonly BarcodeDetector?: NativeReader }).BarcodeDetector;
  if (native && (await native.getSupportedFormats()).includes('qr_code'))
    return new native({ formats: ['qr_code'] });
  const { BarcodeDetector } = await import('qr/decode.js');
  return new BarcodeDetector({ formats: ['qr_code'] });
}

/** Gets ready to read codes, so that it also works once the network is gone. */
export function readyToRead(): Promise<unknown> {
  reader ??= findReader();
  return reader;
}

/** The text of the first code in a picture, or null. */
export async function codeIn(source: ImageBitmapSource): Promise<string | null> {
  reader ??= findReader();
  const [code] = await (await reader).detect(source);
  return code?.rawValue ?? null;
}

/** The text of the code in a picture file; null when there is none, or the file is no picture. */
export async function codeInFile(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  return picture && codeIn(picture);
}

/** Shows the camera and looks for a code until it finds one or is told to end. */
export async function codeBeforeCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const text = await codeIn(await createImageBitmap(video));
      if (text !== null) return text;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
