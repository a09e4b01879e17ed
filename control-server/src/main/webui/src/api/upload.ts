import { csrfToken, problemIn } from './client';
import { ProblemError } from './problem';

/**
 * Sends a file as it is. `fetch` doesn't tell how much has been sent; this does.
 *
 * @param onSent percent
 * @throws ProblemError for every answer that isn't 2xx
 */
export function upload<T>(address: string, type: string, file: Blob, onSent: (percent: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Content-Type', type);
    const csrf = csrfToken();
    if (csrf !== null) {
      request.setRequestHeader('X-Sekisho-Csrf', csrf);
    }
    request.upload.onprogress = ({ loaded, total }) => onSent(Math.floor((loaded / total) * 100));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
      } else {
        const isProblem = request.getResponseHeader('Content-Type')?.startsWith('application/problem+json') === true;
        reject(new ProblemError(request.status, isProblem ? problemIn(request.responseText, request.status) : { status: request.status }));
      }
    };
    request.onerror = () => reject(new ProblemError(0, { title: 'The connection failed' }));
    request.send(file);
  });
}
